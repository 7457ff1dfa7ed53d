import { Megaphone, Video } from 'lucide-react';
import { Link } from '@/components/ui/Link';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import account from '@/i18n/en/account';

export default function Register() {
  const t = useT(account);
  useTitle(t('joinTitle'));
  const sides = [
    { to: '/register/brand', title: t('joinBrand'), text: t('joinBrandText'), Icon: Megaphone },
    { to: '/register/creator', title: t('joinCreator'), text: t('joinCreatorText'), Icon: Video },
  ];
  return (
    <div className="wrap max-w-4xl py-8 md:py-14">
      <h1 className="text-4xl md:text-5xl">{t('joinTitle')}</h1>
      <ul className="mt-8 grid gap-4 md:grid-cols-2">
        {sides.map(({ to, title, text, Icon }) => (
          <li
            key={to}
            className="relative flex gap-4 rounded-card bg-card p-6 hover:bg-sunken md:flex-col md:p-8"
          >
            <span className="grid size-14 shrink-0 place-items-center rounded-full bg-accent text-on-accent">
              <Icon aria-hidden size={28} />
            </span>
            <div>
              <h2 className="text-2xl">
                <Link to={to} className="stretched">
                  {title}
                </Link>
              </h2>
              <p className="mt-1 text-muted">{text}</p>
            </div>
          </li>
        ))}
      </ul>
      <p className="mt-6">
        {t('haveAccount')}{' '}
        <Link
          to="/login"
          className="inline-flex min-h-11 items-center font-bold underline underline-offset-4"
        >
          {t('login')}
        </Link>
      </p>
    </div>
  );
}
