import { Anchor, type AnchorProps, usePathname } from '@/lib/router';
import { preload } from '@/lib/routes';

// A link inside of the site: code and data of where it leads begin to come
// when a finger touches it or the focus reaches it.
export function Link({ to, ...rest }: AnchorProps) {
  return <Anchor to={to} onPointerDown={() => preload(to)} onFocus={() => preload(to)} {...rest} />;
}

interface NavLinkProps extends Omit<AnchorProps, 'className'> {
  // Of this page alone, not of those below it.
  end?: boolean;
  className: (here: boolean) => string;
}

// One of the navigation: it knows when one is there.
export function NavLink({ to, end, className, ...rest }: NavLinkProps) {
  const pathname = usePathname();
  const here = pathname === to || (!end && pathname.startsWith(`${to}/`));
  return <Link to={to} {...rest} aria-current={here ? 'page' : undefined} className={className(here)} />;
}
