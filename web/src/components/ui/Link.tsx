import type { ReactNode } from 'react';
import { type LinkProps, Link as RouterLink } from 'react-router';
import { preload } from '@/lib/routes';

interface Props extends Omit<LinkProps, 'to'> {
  to: string;
  children: ReactNode;
}

// A link inside of the site: code and data of where it leads begin to come
// when a finger touches it or the focus reaches it.
export function Link({ to, children, ...rest }: Props) {
  return (
    <RouterLink to={to} onPointerDown={() => preload(to)} onFocus={() => preload(to)} {...rest}>
      {children}
    </RouterLink>
  );
}
