import type { Feature } from "../../shell/feature";
import { ArtworkScreen } from "./ArtworkScreen";

export const feature: Feature = { screen: "artwork", Component: ArtworkScreen };
