import type { Feature } from "../../shell/feature";
import { ActivityPanel } from "./ActivityPanel";
import { ActivityScreen } from "./ActivityScreen";

export const feature: Feature = { screen: "activity", Component: ActivityScreen, Panel: ActivityPanel };
