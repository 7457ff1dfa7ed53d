import { useId } from 'react';
import { LANGUAGES, type Language, setLanguage, useLanguage, useT } from '@/i18n';
import ui from '@/i18n/en/ui';
import { later } from './Later';
import { Link } from './ui/Link';

export const Footer = later(() => {
  const t = useT(ui);
  const language = useLanguage();
  const id = useId();
  const groups = [
    {
      title: t('footerExplore'),
      links: [
        { to: '/creators', label: t('creators') },
        { to: '/packages', label: t('packages') },
        { to: '/pricing', label: t('pricing') },
      ],
    },
    {
      title: t('footerCompany'),
      links: [
        { to: '/about', label: t('about') },
        { to: '/contact', label: t('contact') },
      ],
    },
    {
      title: t('footerLegal'),
      links: [
        { to: '/terms', label: t('terms') },
        { to: '/privacy', label: t('privacy') },
      ],
    },
  ];

  return (
    <footer className="on-plum bg-brand text-on-brand">
      <div className="wrap grid grid-cols-2 gap-x-6 gap-y-10 py-14 md:grid-cols-5">
        <div className="col-span-2 space-y-5">
          <p className="font-display text-2xl tracking-tight">BantuBuzz</p>
          <p className="max-w-sm">{t('tagline')}</p>
          <div className="space-y-1.5">
            <label htmlFor={id} className="block text-sm font-bold">
              {t('language')}
            </label>
            <select
              id={id}
              value={language}
              onChange={(event) => setLanguage(event.currentTarget.value as Language)}
              className="min-h-11 rounded-input border-2 border-on-brand bg-brand px-3"
            >
              {Object.entries(LANGUAGES).map(([key, name]) => (
                <option key={key} value={key} lang={key}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        </div>
        {groups.map((group) => (
          <div key={group.title}>
            <h2 className="mb-2 text-lg">{group.title}</h2>
            <ul>
              {group.links.map(({ to, label }) => (
                <li key={to}>
                  <Link to={to} className="flex min-h-11 items-center hover:underline">
                    {label}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </footer>
  );
});
