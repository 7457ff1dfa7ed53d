import { type ComponentProps, lazy, Suspense } from 'react';
import { Skeleton } from '@/components/ui/State';
import { come } from '@/lib/code';

const SendPicture = lazy(() => come(() => import('./SendPicture')));

// A place to send a picture from; its code comes after the page's.
export function Send(props: ComponentProps<typeof SendPicture>) {
  return (
    <Suspense fallback={<Skeleton className="h-12 w-52 rounded-full" />}>
      <SendPicture {...props} />
    </Suspense>
  );
}
