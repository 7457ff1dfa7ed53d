import { type ReactNode, useState } from 'react';
import { Alert } from './Alert';
import { Button } from './Button';
import { Dialog } from './Dialog';

interface Props {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  text: ReactNode;
  yes: ReactNode;
  no: ReactNode;
  // Why it was not done.
  refusal?: ReactNode;
  // What it does; the dialog stays, busy, until it is done.
  onYes: () => Promise<void>;
}

// Asks once more before what cannot be undone.
export function Confirm({ open, onClose, title, text, yes, no, refusal, onYes }: Props) {
  const [busy, setBusy] = useState(false);

  async function go() {
    setBusy(true);
    try {
      await onYes();
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      foot={
        <>
          <Button look="danger" busy={busy} onClick={() => void go()}>
            {yes}
          </Button>
          <Button look="second" onClick={onClose}>
            {no}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <Alert>{refusal}</Alert>
        <p>{text}</p>
      </div>
    </Dialog>
  );
}
