import { ArrowRight, FolderOpen, Plus, Shapes } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../components/button/Button";
import { ErrorNotice } from "../../components/notice/Notice";
import { Shortcut } from "../../components/shortcut/Shortcut";
import type { ShelfActs } from "./ask";
import styles from "./home.module.css";
import wall from "./wall.webp";

/** The first run: three ways in, and what may come of it. */
export function Welcome({ shelf }: { shelf: ShelfActs }) {
  return (
    <main className={styles.welcome} data-pane="stage" aria-label="Welcome" tabIndex={-1}>
      <div className={styles.words}>
        {shelf.refused !== null && <ErrorNotice report={shelf.refused} />}
        <div className={styles.text}>
          <h1>From a folder of layers to a collection</h1>
          <p className={styles.lead}>Compose it, describe it, sign it, store it and rehearse it here.</p>
          <p className={styles.lead}>Nothing leaves this computer until you send it.</p>
          <ul className={styles.ways}>
            <Way icon={<Shapes aria-hidden />} title="Open the sample" words="100 tokens, minted on a practice chain. Five minutes, offline, no money.">
              <Button variant="primary" size="l" isPending={shelf.busy} aria-label="Open the sample" onPress={() => shelf.ask({ ask: "sample" })}>
                Open
              </Button>
            </Way>
            <Way icon={<FolderOpen aria-hidden />} title="Choose a folder" words="A project, or one of layers. Originals are never moved or changed." keys="Ctrl+O" onPress={() => shelf.ask({ ask: "open" })} />
            <Way icon={<Plus aria-hidden />} title="Start empty" words="Make the drop first, add files later." keys="Ctrl+N" onPress={() => shelf.ask({ ask: "new" })} />
          </ul>
          <p className={`${styles.foot} t3 pretty`}>
            You can drop a folder on this window at any time. Press <kbd>?</kbd> for every shortcut.
          </p>
        </div>
      </div>
      <figure className={styles.wall}>
        <img src={wall} alt="Thirty tokens of the sample: crabs, stars and urchins in tide pools" width={768} height={640} />
        <figcaption>
          <span>Tidepool Keepers, the sample</span>
          <span>7 layers, 60 traits</span>
        </figcaption>
      </figure>
    </main>
  );
}

function Way({ icon, title, words, keys, onPress, children }: { icon: ReactNode; title: string; words: string; keys?: string; onPress?: () => void; children?: ReactNode }) {
  const inside = (
    <>
      {icon}
      <span>
        <b className="b">{title}</b>
        <span className="t2 pretty">{words}</span>
      </span>
    </>
  );
  if (onPress === undefined) {
    return (
      <li className={styles.way}>
        {inside}
        {children}
      </li>
    );
  }
  return (
    <li>
      <button type="button" className={styles.way} onClick={onPress}>
        {inside}
        {keys === undefined ? <ArrowRight aria-hidden /> : <Shortcut keys={keys} />}
      </button>
    </li>
  );
}
