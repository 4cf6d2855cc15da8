import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import styles from "./dialog.module.css";

/** For the irreversible, and for what needs a name before it can begin. Esc leaves; the acts stand at the right. */
export function Dialog({ title, isOpen, onClose, children, acts, band, alert }: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Buttons, the decisive one last. */
  acts: ReactNode;
  /** Across the top: the network and its colour. */
  band?: ReactNode;
  /** Asks for attention before anything else (role alertdialog). */
  alert?: boolean;
}) {
  return (
    <ModalOverlay className={styles.scrim} isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable={alert !== true}>
      <Modal className={styles.modal}>
        <AriaDialog className={styles.dialog} role={alert === true ? "alertdialog" : "dialog"}>
          {band}
          <div className={styles.body}>
            <Heading slot="title" className="mid">
              {title}
            </Heading>
            {children}
          </div>
          <div className={styles.acts}>{acts}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
