import { Photo } from '@/components/Photo';
import { classes } from '@/utils/classes';

const SIZES = {
  sm: ['size-9 text-base', 36],
  md: ['size-14 text-xl', 56],
  lg: ['size-28 text-4xl md:size-36', 144],
} as const;

interface Props {
  name: string;
  src: string | null;
  size?: keyof typeof SIZES;
  eager?: boolean;
}

// A face, or the first letter of a name.  The name stands beside it, so it
// says nothing itself.
export function Avatar({ name, src, size = 'md', eager }: Props) {
  const [look, pixels] = SIZES[size];
  if (!src)
    return (
      <span
        aria-hidden
        className={classes(
          'grid shrink-0 place-items-center rounded-full bg-brand font-display text-on-brand',
          look,
        )}
      >
        {name.slice(0, 1).toUpperCase()}
      </span>
    );
  return (
    <Photo
      src={src}
      alt=""
      width={pixels}
      height={pixels}
      eager={eager}
      className={classes('shrink-0 rounded-full', look)}
    />
  );
}
