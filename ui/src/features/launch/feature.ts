import type { Feature } from "../../shell/feature";
import { Launch } from "./Launch";

export const feature: Feature = { screen: "launch", part: { id: "timeline", title: "Timeline", order: 1 }, Component: Launch };
