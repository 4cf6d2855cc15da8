import type { Feature } from "../../shell/feature";
import { Settings } from "./Settings";

export const feature: Feature = { screen: "settings", Component: Settings };
