import type { Feature } from "../../shell/feature";
import { Vouchers } from "./Vouchers";

export const feature: Feature = { screen: "launch", part: { id: "vouchers", title: "Vouchers", order: 2 }, Component: Vouchers };
