import type { Feature } from "../../shell/feature";
import { HomeScreen } from "./HomeScreen";

export const feature: Feature = { screen: "home", Component: HomeScreen };
