import type { Feature } from "../../shell/feature";
import { Storage } from "./Storage";

export const feature: Feature = { screen: "storage", Component: Storage };
