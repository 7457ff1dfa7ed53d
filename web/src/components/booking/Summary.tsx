import { Avatar } from '@/components/ui/Avatar';
import { Link } from '@/components/ui/Link';

interface Props {
  title: string;
  name: string;
  // Whose picture it is: either of the two.
  person: string;
  picture: string | null;
  // Of the person.
  to?: string;
}

// What is booked, and from whom.
export function Summary({ title, name, person, picture, to }: Props) {
  return (
    <div className="flex items-center gap-4">
      <Avatar name={person} src={picture} eager />
      <div className="min-w-0">
        <p className="font-bold">{title}</p>
        {to ? (
          <Link to={to} className="inline-flex min-h-6 items-center text-muted underline underline-offset-4">
            {name}
          </Link>
        ) : (
          <p className="text-muted">{name}</p>
        )}
      </div>
    </div>
  );
}
