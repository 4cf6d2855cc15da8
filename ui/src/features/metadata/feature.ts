import type { Feature } from "../../shell/feature";
import { Metadata } from "./Metadata";

export const feature: Feature = { screen: "metadata", Component: Metadata };
