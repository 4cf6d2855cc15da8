import { ArrowDownToLine, FolderOpen, HardDrive, LayoutGrid, List, Plus, Search, Shapes } from "lucide-react";
import { useState } from "react";
import { useAsk } from "../../api/queries";
import { Button } from "../../components/button/Button";
import { EmptyState } from "../../components/empty-state/EmptyState";
import { Field } from "../../components/field/Field";
import { ErrorNotice } from "../../components/notice/Notice";
import { Rail, RailItem, RailRule } from "../../components/rail/Rail";
import { Segments } from "../../components/segments/Segments";
import { SkeletonRows } from "../../components/skeleton/Skeleton";
import { Stage } from "../../components/stage/Stage";
import { StatusBar } from "../../components/status-bar/StatusBar";
import { useRemembered } from "../../shell/remembered";
import { counted } from "../../shell/words";
import { Covers, ProjectList } from "./Covers";
import { ImportDesk } from "./ImportDesk";
import { NewDrop } from "./NewDrop";
import { Welcome } from "./Welcome";
import { useShelf } from "./ask";

/** The shelf: nobody asks who one is. */
export function HomeScreen() {
  const home = useAsk("home");
  const shelf = useShelf();
  const [view, setView] = useRemembered<"covers" | "list">("home.view", "covers");
  const [search, setSearch] = useState("");
  const recent = home.data?.recent ?? [];
  const shown = recent.filter((project) => project.name.toLowerCase().includes(search.trim().toLowerCase()));
  const naming = <NewDrop isOpen={shelf.naming} projectsDir={home.data?.projects_dir ?? ""} onClose={() => shelf.setNaming(false)} />;

  if (home.isSuccess && recent.length === 0 && shelf.desk.kind === "covers") {
    return (
      <>
        <Welcome shelf={shelf} />
        <StatusBar>
          <span>
            <HardDrive aria-hidden />
            No account, no server, no key yet
          </span>
        </StatusBar>
        {naming}
      </>
    );
  }
  return (
    <>
      <Rail label="Projects">
        <RailItem icon={LayoutGrid} title="Recent" current={shelf.desk.kind === "covers" ? "page" : false} onPress={() => shelf.setDesk({ kind: "covers" })} />
        <RailItem icon={Shapes} title="Open the sample" onPress={() => shelf.ask({ ask: "sample" })} />
        <RailRule />
        <RailItem icon={FolderOpen} title="Open a folder" shortcut="Ctrl+O" onPress={() => shelf.ask({ ask: "open" })} />
        <RailItem icon={Plus} title="New drop" shortcut="Ctrl+N" onPress={() => shelf.ask({ ask: "new" })} />
        <RailItem icon={ArrowDownToLine} title="Import layers" current={shelf.desk.kind === "import" ? "page" : false} onPress={() => shelf.ask({ ask: "import" })} />
      </Rail>
      {shelf.desk.kind === "import" ? (
        <ImportDesk source={shelf.desk.source} projectsDir={home.data?.projects_dir ?? ""} onLeave={() => shelf.setDesk({ kind: "covers" })} onOther={() => shelf.ask({ ask: "import" })} />
      ) : (
        <Stage
          title="Recent"
          art
          end={
            <>
              <Field bare label="Find a project" icon={Search} placeholder="Find a project" value={search} onChange={setSearch} width="12rem" />
              <Segments label="View" value={view} onChange={setView} options={[{ id: "covers", label: "Covers", icon: LayoutGrid }, { id: "list", label: "List", icon: List }]} />
            </>
          }
        >
          {shelf.refused !== null && <ErrorNotice report={shelf.refused} />}
          {home.isError && <ErrorNotice report={home.error.report} actions={<Button onPress={() => void home.refetch()}>Try again</Button>} />}
          {home.isPending && <SkeletonRows name="the shelf" />}
          {home.isSuccess && shown.length === 0 && (
            <EmptyState title={`No project is called “${search.trim()}”`} actions={<Button onPress={() => setSearch("")}>Show all</Button>} />
          )}
          {view === "covers" ? <Covers projects={shown} onOpen={shelf.open} onFind={() => shelf.ask({ ask: "open" })} /> : <ProjectList projects={shown} onOpen={shelf.open} />}
        </Stage>
      )}
      <StatusBar>
        <span>{counted(recent.length, "project")}</span>
        <span>
          <HardDrive aria-hidden />
          Everything is on this computer
        </span>
      </StatusBar>
      {naming}
    </>
  );
}
