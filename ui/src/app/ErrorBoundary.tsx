import { Component, type ReactNode } from "react";
import type { ErrorReport } from "../api/bindings";
import { refusal } from "../api/call";
import { Button } from "../components/button/Button";
import { ErrorNotice } from "../components/notice/Notice";
import { Stage } from "../components/stage/Stage";

/** A screen that broke says so in its place; the rest of the window works on. */
export class ErrorBoundary extends Component<{ title: string; children: ReactNode }, { report: ErrorReport | null }> {
  override state: { report: ErrorReport | null } = { report: null };

  static getDerivedStateFromError(error: unknown): { report: ErrorReport } {
    const { report } = refusal(error);
    return {
      report: {
        ...report,
        code: report.code === "STUDIO-SILENT" ? "WINDOW-SCREEN-BROKE" : report.code,
        message: "This screen could not be drawn.",
        hint: "Nothing was lost: the drop is on disk, and jobs go on.",
        details: error instanceof Error ? (error.stack ?? error.message) : String(error),
      },
    };
  }

  override render(): ReactNode {
    const { report } = this.state;
    if (report === null) return this.props.children;
    return (
      <Stage title={this.props.title}>
        <ErrorNotice
          report={report}
          actions={
            <Button variant="primary" onPress={() => this.setState({ report: null })}>
              Draw it again
            </Button>
          }
        />
      </Stage>
    );
  }
}
