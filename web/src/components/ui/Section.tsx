import { type ReactNode, useId } from 'react';

interface Props {
  title: ReactNode;
  // An address of its own on the page.
  part?: string;
  children: ReactNode;
}

// A card with a heading.
export function Section({ title, part, children }: Props) {
  const made = useId();
  const id = part ? `${part}-title` : made;
  return (
    <section id={part} aria-labelledby={id} className="space-y-5 rounded-card bg-card p-5 md:p-8">
      <h2 id={id} tabIndex={part ? -1 : undefined} className="text-2xl outline-none">
        {title}
      </h2>
      {children}
    </section>
  );
}
