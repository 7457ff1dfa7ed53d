import { Component, type ReactNode } from 'react';
import { useT } from '@/i18n';
import ui from '@/i18n/en/ui';
import { Button, ButtonLink } from './ui/Button';

function Crashed({ onRetry }: { onRetry: () => void }) {
  const t = useT(ui);
  return (
    <div className="wrap section">
      <div
        role="alert"
        className="flex flex-col items-center gap-4 rounded-card bg-card px-6 py-16 text-center"
      >
        <h1 className="text-3xl">{t('crashedTitle')}</h1>
        <p className="max-w-prose text-muted">{t('crashedText')}</p>
        <div className="flex flex-wrap justify-center gap-3">
          <Button onClick={onRetry}>{t('retry')}</Button>
          <ButtonLink look="second" to="/">
            {t('backHome')}
          </ButtonLink>
        </div>
      </div>
    </div>
  );
}

interface Props {
  // Another one begins anew: the path.
  path: string;
  children: ReactNode;
}

// A page that breaks takes neither the navigation nor the next page with it.
export class ErrorBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidUpdate(before: Props) {
    if (this.state.broken && before.path !== this.props.path) this.setState({ broken: false });
  }

  override render() {
    return this.state.broken ? (
      <Crashed onRetry={() => this.setState({ broken: false })} />
    ) : (
      this.props.children
    );
  }
}
