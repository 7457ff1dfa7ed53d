import { type ReactNode, useLayoutEffect, useState } from 'react';
import { useT } from '@/i18n';
import ui from '@/i18n/en/ui';
import { Button } from './Button';

interface Props {
  busy: boolean;
  busyText?: string;
  children: ReactNode;
}

// Sends a form that the build writes and a script alone can send.  Before that
// is there it takes no tap, nor does Enter: the browser itself would send the
// form to nowhere, and lose it.
export function Submit(props: Props) {
  const t = useT(ui);
  const [alive, setAlive] = useState(false);
  useLayoutEffect(() => setAlive(true), []);
  return (
    <>
      <Button {...props} type="submit" wide disabled={!alive} />
      {!alive && <noscript>{t('needsScript')}</noscript>}
    </>
  );
}
