import type { ReactNode } from 'react';

// A narrow page with one form.
export function AccountPage({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="wrap max-w-lg py-8 md:py-14">
      <h1 className="text-4xl">{title}</h1>
      {lead && <p className="mt-2 text-lg text-muted">{lead}</p>}
      <div className="mt-8 rounded-card bg-card p-6 md:p-8">{children}</div>
    </div>
  );
}
