import { Link } from './ui/Link';

export function Logo() {
  return (
    <Link to="/" className="flex min-h-11 items-center gap-2 font-display text-xl tracking-tight">
      <svg viewBox="0 0 64 64" aria-hidden="true" className="size-9">
        <rect width="64" height="64" rx="18" className="fill-brand" />
        <path
          d="M20 14h14a10 10 0 0 1 7 17 11 11 0 0 1-6 19H20zm9 8v7h4a3.5 3.5 0 0 0 0-7zm0 14v7h5a3.5 3.5 0 0 0 0-7z"
          className="fill-glow"
          fillRule="evenodd"
        />
        <circle cx="50" cy="16" r="6" className="fill-on-brand" />
      </svg>
      <span className="max-[18rem]:sr-only">BantuBuzz</span>
    </Link>
  );
}
