// What tells rows apart. One transaction may mint or sell several tokens.
import type { Holder, Mint, SaleView } from "../../api/bindings";

export const saleId = (sale: SaleView) => `${sale.transaction} ${sale.token}`;
export const mintId = (mint: Mint) => `${mint.transaction} ${mint.first_token}`;
export const holderId = (holder: Holder) => holder.address;
