// What must be done first, each with the way to it.
import { ArrowRight } from "lucide-react";
import type { StageView } from "../../api/bindings";
import { Button } from "../../components/button/Button";
import { Section } from "../../components/section/Section";
import { StateGlyph } from "../../components/state-glyph/StateGlyph";
import { navigate } from "../../shell/navigation";
import { remedyOf } from "../../shell/remedy";
import { counted } from "../../shell/words";
import styles from "./launch.module.css";

export function Blockers({ blockers, stages }: { blockers: readonly string[]; stages: readonly StageView[] }) {
  return (
    <Section title="Before the launch" note={`${counted(blockers.length, "thing")} to do; nothing is sent before`}>
      <ul className={styles.blockers}>
        {blockers.map((blocker, i) => {
          const remedy = remedyOf(blocker, stages);
          return (
            <li key={blocker}>
              <StateGlyph state="attention" label="to do" />
              <p>{blocker}</p>
              {remedy !== null && (
                <Button variant={i === 0 ? "primary" : "default"} icon={ArrowRight} onPress={() => navigate(remedy.place)}>
                  {remedy.label}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
