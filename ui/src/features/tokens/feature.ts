import type { Feature } from "../../shell/feature";
import { TokensScreen } from "./TokensScreen";

export const feature: Feature = { screen: "tokens", Component: TokensScreen };
