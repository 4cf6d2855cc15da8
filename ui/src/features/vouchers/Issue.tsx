// The form that makes vouchers. Signing is free; nothing is sent.
import { Signature } from "lucide-react";
import { useState } from "react";
import { useAct } from "../../api/mutations";
import { Button } from "../../components/button/Button";
import { Field } from "../../components/field/Field";
import { Inspector, InspectorSection } from "../../components/inspector/Inspector";
import { counted } from "../../shell/words";
import { readVoucherForm, type VoucherForm } from "./form";
import styles from "./vouchers.module.css";

const EMPTY: VoucherForm = { recipients: "", quantity: "1", price: "0", days: "30" };

export function Issue({ left, onDone, onClose }: { left: number; onDone: () => void; onClose: () => void }) {
  const [form, setForm] = useState<VoucherForm>(EMPTY);
  const [tried, setTried] = useState(false);
  const issue = useAct("vouchers_issue", { quiet: true, onDone });
  const reading = readVoucherForm(form, left);
  const set = (change: Partial<VoucherForm>) => setForm((before) => ({ ...before, ...change }));
  const why = (part: { ok: boolean; problem?: string }, typed: string) => (part.ok || (!tried && typed.trim() === "") ? null : (part.problem ?? null));
  const vouchers = reading.recipients.ok ? reading.recipients.value.length : 0;
  const free = reading.price.ok && reading.price.value === 0n;
  const press = () => {
    setTried(true);
    if (reading.request !== null) issue.mutate(reading.request);
  };
  return (
    <Inspector title="Issue vouchers" sub={`${counted(left, "token")} left`}>
      <InspectorSection>
        <div className={styles.form}>
          <div className={styles.wide}>
            <Field
              label="Recipients"
              value={form.recipients}
              onChange={(recipients) => set({ recipients })}
              lines={5}
              mono
              placeholder="0x…"
              error={why(reading.recipients, form.recipients)}
              help={vouchers === 0 ? "One address a line; each gets a voucher." : counted(vouchers, "voucher")}
              autoFocus
            />
          </div>
          <Field label="Tokens each" numeric value={form.quantity} onChange={(quantity) => set({ quantity })} error={why(reading.quantity, form.quantity)} />
          <Field label="Price of a voucher" numeric suffix="ETH" value={form.price} onChange={(price) => set({ price })} error={why(reading.price, form.price)} />
          <div className={styles.wide}>
            <Field label="Valid for" numeric suffix="days" value={form.days} onChange={(days) => set({ days })} error={why(reading.days, form.days)} help="Left empty, they have no end." />
          </div>
        </div>
        {reading.problem !== null && (
          <p className={`danger pretty ${styles.under}`} role="status">
            {reading.problem}
          </p>
        )}
      </InspectorSection>
      <InspectorSection title="What it means">
        <p className="t2 pretty">
          {free
            ? "Free to redeem: the relayer may pay the gas, or the holder sends it."
            : "The holder pays the price and the gas, and sends it. The relayer carries only free vouchers."}{" "}
          The token goes to the recipient, whoever sends it.
        </p>
      </InspectorSection>
      {issue.error !== null && (
        <InspectorSection title="Nothing was signed">
          <p className="pretty">{issue.error.report.message}</p>
          {issue.error.report.hint !== null && <p className={`t2 pretty ${styles.under}`}>{issue.error.report.hint}</p>}
          <p className={`mono t3 ${styles.under}`}>{issue.error.report.code}</p>
        </InspectorSection>
      )}
      <InspectorSection>
        <div className={styles.stack}>
          <Button variant="primary" icon={Signature} isPending={issue.isPending} onPress={press}>
            {vouchers === 0 ? "Sign vouchers" : `Sign ${counted(vouchers, "voucher")}`}
          </Button>
          <Button onPress={onClose}>Not now</Button>
        </div>
      </InspectorSection>
    </Inspector>
  );
}
