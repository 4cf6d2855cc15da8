import type { Feature } from "../../shell/feature";
import { Rehearsal } from "./Rehearsal";

export const feature: Feature = { screen: "rehearsal", Component: Rehearsal };
