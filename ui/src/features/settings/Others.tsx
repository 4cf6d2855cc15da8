// The rest of Settings: the log's verdict, this window, and what this is.
import { ListChecks } from "lucide-react";
import { useState } from "react";
import type { Networks } from "../../api/bindings";
import { useAsk } from "../../api/queries";
import { Button } from "../../components/button/Button";
import { HashChip } from "../../components/hash-chip/HashChip";
import { Section } from "../../components/section/Section";
import { Segments } from "../../components/segments/Segments";
import { Select } from "../../components/select/Select";
import { StateGlyph } from "../../components/state-glyph/StateGlyph";
import { navigate } from "../../shell/navigation";
import { count, counted } from "../../shell/words";
import { type Appearance as Look, readAppearance, setAppearance, TEXT_SIZES } from "./appearance";
import styles from "./settings.module.css";

export function Log() {
  const audit = useAsk("audit");
  const view = audit.data;
  return (
    <Section
      title="Log"
      note="each entry holds the hash of the one before"
      end={
        <Button size="s" icon={ListChecks} onPress={() => navigate({ screen: "activity" })}>
          Open the log
        </Button>
      }
    >
      <div className={styles.setting}>
        <span className={styles.state}>
          <StateGlyph state={audit.error !== null || view?.intact === false ? "failed" : view === undefined ? "empty" : "done"} label="" />
          <span>
            {audit.error !== null
              ? audit.error.report.message
              : view === undefined
                ? "Being read"
                : view.intact
                  ? view.total === 0
                    ? "Nothing was written yet."
                    : `The log is whole: ${counted(view.total, "entry holds", "entries hold")} from the first to the last.`
                  : `Entry ${count(view.broken_at ?? 0)} does not hold. What comes before it is whole.`}
          </span>
        </span>
        {view !== undefined && view.total > 0 && <HashChip name="Last entry" value={view.head} />}
      </div>
    </Section>
  );
}

export function Appearance() {
  const [look, setLook] = useState<Look>(() => readAppearance(window.localStorage));
  const change = (next: Partial<Look>) => {
    const all = { ...look, ...next };
    setAppearance(all, window.localStorage, document.documentElement);
    setLook(all);
  };
  return (
    <Section title="This window">
      <div className={styles.setting}>
        <span>
          Theme
          <small>Art stands on a true neutral in both</small>
        </span>
        <Segments<Look["theme"]>
          label="Theme"
          options={[
            { id: "system", label: "System" },
            { id: "light", label: "Light" },
            { id: "dark", label: "Dark" },
          ]}
          value={look.theme}
          onChange={(theme) => change({ theme })}
        />
      </div>
      <div className={styles.setting}>
        <span>
          Text size
          <small>Everything grows with it</small>
        </span>
        <div className={styles.select}>
          <Select bare label="Text size" options={TEXT_SIZES.map((size) => ({ id: String(size), label: `${size} %` }))} value={String(look.text)} onChange={(size) => change({ text: Number(size) })} />
        </div>
      </div>
    </Section>
  );
}

export function About({ networks }: { networks: Networks | undefined }) {
  return (
    <Section title="About" note={`Atelier ${__VERSION__}`}>
      <div className={styles.facts}>
        <p>Everything stays on this computer until you store or send it. Nothing is reported anywhere; there is no account.</p>
        <p>
          It asks the network only where you say so: {networks === undefined ? "the chosen network" : networks.chosen.name}, and the storage targets of this drop. The project is a folder; copy it, and the drop is copied.
        </p>
      </div>
    </Section>
  );
}
