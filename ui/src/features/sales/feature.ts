import type { Feature } from "../../shell/feature";
import { Sales } from "./Sales";

export const feature: Feature = { screen: "sales", Component: Sales };
