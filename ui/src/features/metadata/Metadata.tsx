// One sentence written well, a thousand times: the template beside what it makes, and what is wrong with it.
import { ArrowRight, ChevronDown, ChevronUp } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import type { MetadataEdit } from "../../api/bindings";
import { useAct } from "../../api/mutations";
import { useAsk } from "../../api/queries";
import { Button } from "../../components/button/Button";
import { EmptyState } from "../../components/empty-state/EmptyState";
import { Inspector } from "../../components/inspector/Inspector";
import { ErrorNotice } from "../../components/notice/Notice";
import { SkeletonRows } from "../../components/skeleton/Skeleton";
import { Stage } from "../../components/stage/Stage";
import { useCommands } from "../../shell/commands";
import { navigate } from "../../shell/navigation";
import { counted } from "../../shell/words";
import { CollectionFacts, ExampleDetails, ProblemDetails } from "./Details";
import { Examples } from "./Examples";
import { type Problem, problemsOf } from "./findings";
import { Fields, type FieldsHandle, type Refused } from "./Fields";
import { Problems } from "./Problems";
import styles from "./metadata.module.css";

/** What the inspector shows. */
type Picked = { kind: "problem"; id: string } | { kind: "example"; id: number } | null;

export function Metadata() {
  const metadata = useAsk("metadata");
  const project = useAsk("project");
  const [picked, setPicked] = useState<Picked>(null);
  const fields = useRef<FieldsHandle>(null);
  const [refused, setRefused] = useState<Refused>({});
  const set = useAct("metadata_set", {
    // Fields are saved one by one; each keeps its own refusal until it is saved.
    onDone: (_, input) => setRefused((before) => ({ ...before, [fieldIn(input)]: undefined })),
    onRefused: (refusal, input) => setRefused((before) => ({ ...before, [fieldIn(input)]: refusal.report.message })),
  });

  const view = metadata.data;
  const problems = useMemo(() => problemsOf(view?.lint ?? []), [view?.lint]);
  const problem = picked?.kind === "problem" ? problems.find((one) => one.id === picked.id) : undefined;
  const example = picked?.kind === "example" ? view?.examples.find((one) => one.id === picked.id) : undefined;
  const errors = problems.filter((one) => one.severity === "error").length;

  const go = (by: number) => {
    const here = problem === undefined ? (by > 0 ? -1 : 0) : problems.indexOf(problem);
    const next = problems[(here + by + problems.length) % problems.length];
    if (next !== undefined) setPicked({ kind: "problem", id: next.id });
  };
  const jump = (to: Problem) => {
    if (to.field === null) navigate({ screen: "artwork" });
    else fields.current?.focus(to.field);
  };
  const none = problems.length === 0 ? "There is no problem left." : null;
  useCommands([
    { id: "metadata.next-problem", title: "Next problem", group: "Metadata", shortcut: "F8", blocked: none, run: () => go(1) },
    { id: "metadata.previous-problem", title: "Previous problem", group: "Metadata", shortcut: "Shift+F8", blocked: none, run: () => go(-1) },
    { id: "metadata.collection", title: "Show the collection page", group: "Metadata", run: () => setPicked(null) },
  ]);

  const planned = view !== undefined && view.examples.length > 0;
  const commit = (edit: Partial<MetadataEdit>) => set.mutate({ ...NOTHING, ...edit });
  return (
    <>
      <Stage
        title="Metadata"
        fact={project.data === undefined ? undefined : `One template, ${counted(project.data.supply, "token")}`}
        end={
          problems.length > 0 ? (
            <>
              <Button icon={ChevronUp} onPress={() => go(-1)}>
                Previous
              </Button>
              <Button icon={ChevronDown} shortcut="F8" onPress={() => go(1)}>
                Next problem
              </Button>
            </>
          ) : planned ? (
            <Button variant="primary" icon={ArrowRight} onPress={() => navigate({ screen: "storage" })}>
              Go to Storage
            </Button>
          ) : undefined
        }
      >
        {metadata.error !== null && <ErrorNotice report={metadata.error.report} actions={<Button onPress={() => void metadata.refetch()}>Try again</Button>} />}
        {view === undefined ? (
          metadata.error === null && <SkeletonRows name="the metadata" rows={8} />
        ) : (
          <div className={styles.screen}>
            <Fields ref={fields} view={view} refused={refused} onCommit={commit} />
            <section className={styles.examples} aria-label={`${counted(view.examples.length, "rendered example")}`}>
              {planned ? (
                <Examples examples={view.examples} selected={example?.id ?? null} onSelect={(id) => setPicked({ kind: "example", id })} />
              ) : (
                <EmptyState
                  title="No plan yet"
                  actions={<Button onPress={() => navigate({ screen: "artwork" })}>Open Artwork</Button>}
                >
                  Examples of real tokens stand here once the tokens are planned. The template is kept meanwhile.
                </EmptyState>
              )}
            </section>
            <Problems
              problems={problems}
              total={view.lint_total}
              shown={view.lint.length}
              errors={errors}
              selected={problem?.id ?? null}
              onSelect={(id) => setPicked({ kind: "problem", id })}
              onJump={jump}
            />
          </div>
        )}
      </Stage>
      {problem !== undefined ? (
        <ProblemDetails problem={problem} supply={project.data?.supply ?? 0} onJump={() => jump(problem)} />
      ) : example !== undefined ? (
        <ExampleDetails example={example} />
      ) : view === undefined ? (
        <Inspector title="Metadata" />
      ) : (
        <CollectionFacts view={view} />
      )}
    </>
  );
}

/** The one field an edit changes. */
function fieldIn(edit: MetadataEdit): keyof MetadataEdit {
  return (Object.keys(edit) as (keyof MetadataEdit)[]).find((key) => edit[key] !== null) ?? "name";
}

const NOTHING: MetadataEdit = {
  name: null,
  description: null,
  external_url: null,
  collection_name: null,
  collection_description: null,
  symbol: null,
  royalty_percent: null,
  royalty_receiver: null,
};

