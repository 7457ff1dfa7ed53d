import { QueryClientProvider } from '@tanstack/react-query';
import { WifiOff } from 'lucide-react';
import { type ComponentType, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { ErrorBoundary } from '@/components/ErrorBoundary';
import { Footer } from '@/components/Footer';
import { Navbar } from '@/components/Navbar';
import { TabBar } from '@/components/TabBar';
import { bar, Update } from '@/components/Update';
import { Button, ButtonLink } from '@/components/ui/Button';
import { Empty, Loading, Skeleton } from '@/components/ui/State';
import { Toasts } from '@/components/ui/Toast';
import { useAuth } from '@/hooks/useAuth';
import { useLive } from '@/hooks/useLive';
import { useOnline } from '@/hooks/useOnline';
import { useT } from '@/i18n';
import ui from '@/i18n/en/ui';
import { queryClient } from '@/lib/queryClient';
import { cameBack, Navigate, useHash, usePathname, useSearch } from '@/lib/router';
import { loadedPage, loadPage, match, type Route } from '@/lib/routes';
import NotFound from '@/pages/NotFound';
import { classes } from '@/utils/classes';

const RELOADED = 'bb-reloaded';

// After a release the old chunks are gone: the page loads anew, once.
function reloadOnce(): boolean {
  try {
    if (sessionStorage.getItem(RELOADED)) return false;
    sessionStorage.setItem(RELOADED, '1');
  } catch {
    return false;
  }
  location.reload();
  return true;
}

function PageSkeleton() {
  return (
    <Loading>
      <div className="wrap section min-h-dvh space-y-6">
        <Skeleton className="h-10 w-2/3" />
        <Skeleton className="h-40" />
        <Skeleton className="h-40" />
      </div>
    </Loading>
  );
}

function Page({ route }: { route: Route }) {
  const t = useT(ui);
  const online = useOnline();
  const [Loaded, setLoaded] = useState<{ route: Route; page: ComponentType } | null>(null);
  const [failed, setFailed] = useState(false);
  const Known = loadedPage(route) ?? (Loaded?.route === route ? Loaded.page : null);

  useEffect(() => {
    // As it was drawn: what has come since then is still to be shown.
    if (Known) return;
    let left = false;
    setFailed(false);
    loadPage(route).then(
      (page) => {
        try {
          sessionStorage.removeItem(RELOADED);
        } catch {
          // Then it was not there either.
        }
        if (!left) setLoaded({ route, page });
      },
      () => {
        if (!left && (!navigator.onLine || !reloadOnce())) setFailed(true);
      },
    );
    return () => {
      left = true;
    };
  }, [route, Known]);

  if (Known) return <Known />;
  if (!failed) return <PageSkeleton />;
  return (
    <div className="wrap section">
      <h1 className="sr-only">{t(online ? 'updateNeeded' : 'failedTitle')}</h1>
      <Empty title={t(online ? 'updateNeeded' : 'failedTitle')} text={t('failedText')}>
        <Button onClick={() => location.reload()}>{t(online ? 'update' : 'retry')}</Button>
      </Empty>
    </div>
  );
}

function Guarded({ route }: { route: Route }) {
  const t = useT(ui);
  const { state, role } = useAuth();
  const pathname = usePathname();
  const search = useSearch();
  if (!route.roles) return <Page route={route} />;
  if (state === 'out' || role === null)
    return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} />;
  if (route.roles.includes(role)) return <Page route={route} />;
  return (
    <div className="wrap section">
      <div className="flex flex-col items-center gap-4 rounded-card bg-card px-6 py-16 text-center">
        <h1 className="text-3xl">{t('notAllowedTitle')}</h1>
        <p className="max-w-prose text-muted">{t('notAllowedText', { role: t(role) })}</p>
        <ButtonLink to="/">{t('backHome')}</ButtonLink>
      </div>
    </div>
  );
}

export function App() {
  const t = useT(ui);
  const pathname = usePathname();
  const hash = useHash();
  const online = useOnline();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  const found = match(pathname);
  const screen = found?.route.screen;
  useLive();

  // At once: a moment later it would take the focus from who types already.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every path
  useLayoutEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    // Back and forward: the browser knows where one was.  Parts of a page are
    // the page's to show.
    if (cameBack() || hash) return;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <QueryClientProvider client={queryClient}>
      <div className={classes('flex flex-col', screen ? 'h-dvh' : 'min-h-dvh')}>
        <a
          href="#main"
          className="absolute start-4 top-2 z-50 -translate-y-20 rounded-full bg-ink px-5 py-3 font-bold text-sand focus:translate-y-0"
        >
          {t('skip')}
        </a>
        <Navbar />
        <Update />
        {!online && (
          <div role="status" className={bar}>
            <p className="flex items-center justify-center gap-2 bg-sunken px-4 py-1.5 text-sm">
              <WifiOff aria-hidden size={18} className="shrink-0" />
              {t('offline')}
            </p>
          </div>
        )}
        <main id="main" ref={main} tabIndex={-1} className={classes('flex-1', screen && 'min-h-0')}>
          <ErrorBoundary path={pathname}>
            {found ? <Guarded key={found.route.path} route={found.route} /> : <NotFound />}
          </ErrorBoundary>
        </main>
        {!screen && <Footer />}
        {screen !== 'whole' && <TabBar />}
      </div>
      <Toasts />
    </QueryClientProvider>
  );
}
