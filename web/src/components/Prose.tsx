import type { ReactNode } from 'react';

interface Props {
  title: string;
  lead: string;
  sections: readonly { title: string; text: string }[];
  children?: ReactNode;
}

// A page to read.
export function Prose({ title, lead, sections, children }: Props) {
  return (
    <div className="wrap max-w-4xl py-8 md:py-12">
      <h1 className="text-4xl md:text-5xl">{title}</h1>
      <p className="mt-4 text-lg md:text-xl">{lead}</p>
      {sections.map((section) => (
        <section key={section.title} className="pt-10">
          <h2 className="text-2xl">{section.title}</h2>
          <p className="mt-3 max-w-prose whitespace-pre-line">{section.text}</p>
        </section>
      ))}
      {children}
    </div>
  );
}
