import { QueryClientProvider } from "@tanstack/react-query";
import { useMemo } from "react";
import { I18nProvider } from "react-aria-components";
import { makeClient } from "../api/client";
import { useStudioEvents } from "../api/events";
import { say } from "../shell/toasts";
import { Frame } from "./frame/Frame";

/** The window: one client for what the studio says, one frame for everything else. */
export function App() {
  const client = useMemo(() => makeClient((report) => say({ text: report.message, code: report.code, bad: true })), []);
  return (
    <QueryClientProvider client={client}>
      <I18nProvider locale="en-GB">
        <Events />
        <Frame />
      </I18nProvider>
    </QueryClientProvider>
  );
}

function Events() {
  useStudioEvents();
  return null;
}
