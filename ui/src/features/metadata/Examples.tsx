// Three real tokens as collectors will read them.
import { useMemo } from "react";
import type { MetadataExample } from "../../api/bindings";
import { Picture, thumbPath } from "../../components/picture/Picture";
import { bytes, count } from "../../shell/words";
import { exampleOf } from "./findings";
import styles from "./metadata.module.css";

export function Examples({ examples, selected, onSelect }: { examples: readonly MetadataExample[]; selected: number | null; onSelect: (id: number) => void }) {
  return (
    <ul>
      {examples.map((example) => (
        <li key={example.id}>
          <Example example={example} selected={example.id === selected} onSelect={() => onSelect(example.id)} />
        </li>
      ))}
    </ul>
  );
}

function Example({ example, selected, onSelect }: { example: MetadataExample; selected: boolean; onSelect: () => void }) {
  const { name, description, attributes, bytes: size } = useMemo(() => exampleOf(example.json), [example.json]);
  return (
    <button type="button" className={styles.example} aria-current={selected ? "true" : undefined} onClick={onSelect}>
      <Picture path={thumbPath(example.id, example.version, 256)} alt={`#${count(example.id)}`} size="4.5rem" />
      <span className={styles.words}>
        <span className={styles.exampleName}>
          <span>{name}</span>
          <span className="t3 s12">{bytes(size)}</span>
        </span>
        {description === "" ? <span className="t3">No description.</span> : <span className={styles.said}>{description}</span>}
        <span className={styles.traits}>
          {attributes.map(({ trait, value }) => (
            <span key={`${trait} ${value}`} className={styles.trait}>
              <span>{trait}</span>
              {value}
            </span>
          ))}
        </span>
      </span>
    </button>
  );
}
