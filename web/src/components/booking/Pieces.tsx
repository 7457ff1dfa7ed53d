import { useQuery } from '@tanstack/react-query';
import { CircleCheck, ExternalLink } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { useForm } from 'react-hook-form';
import { Alert } from '@/components/ui/Alert';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Field, TextArea } from '@/components/ui/Field';
import { Pill } from '@/components/ui/Pill';
import { useDraft } from '@/hooks/useDraft';
import { useErrors } from '@/hooks/useErrors';
import { useSubmit } from '@/hooks/useSubmit';
import { useT } from '@/i18n';
import bookings from '@/i18n/en/bookings';
import ui from '@/i18n/en/ui';
import { JUDGE_STATES, type Side, WORK_STATES } from '@/lib/booking';
import { type ChangeForm, changeForm, type PieceForm, pieceForm } from '@/lib/schemas';
import { attachmentQuery, keepFile } from '@/services/attachments';
import { approvePiece, askChange, sendPiece } from '@/services/mutations/work';
import type { Deliverable, Work } from '@/services/queries/bookings';

const OURS = '/api/uploads/';
const TONES = { draft: 'plain', submitted: 'glow', revision_asked: 'info', approved: 'good' } as const;

// A picture that only the two sides may see.
function Own({ path, title }: { path: string; title: string }) {
  const t = useT(bookings);
  const u = useT(ui);
  const { data, isError, refetch } = useQuery(attachmentQuery(path, 'm'));
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!data) return;
    const made = URL.createObjectURL(data);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  if (isError)
    return (
      <button
        type="button"
        className="grid h-48 w-56 max-w-full place-items-center rounded-photo bg-sunken p-3 text-sm font-bold text-ink underline"
        onClick={() => void refetch()}
      >
        <span className="no-underline">{t('pictureFailed')}</span>
        {u('retry')}
      </button>
    );
  return url ? <img src={url} alt={title} className="max-h-96 rounded-photo" /> : null;
}

const isLink = (url: string) => /^https?:\/\//.test(url);

function AskChange({ work, piece, onClose }: { work: Work; piece: Deliverable; onClose: () => void }) {
  const t = useT(bookings);
  const id = useId();
  const use = useForm<ChangeForm>({
    resolver: changeForm,
    defaultValues: { notes: '' },
  });
  const dropDraft = useDraft(use, `change-${piece.id}`);
  const form = useSubmit(use, async ({ notes }) => {
    await askChange(work.id, piece, notes);
    dropDraft();
    onClose();
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('changePiece')}
      foot={
        <Button type="submit" form={id} busy={form.busy}>
          {t('changePiece')}
        </Button>
      }
    >
      <form id={id} noValidate method="post" onSubmit={form.onSubmit} className="space-y-4">
        <Alert>{form.refusal}</Alert>
        <TextArea label={t('noteChange')} rows={4} error={form.error('notes')} {...use.register('notes')} />
      </form>
    </Dialog>
  );
}

function Piece({ work, piece, side }: { work: Work; piece: Deliverable; side: Side }) {
  const t = useT(bookings);
  const say = useErrors();
  const [asks, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const judges = side === 'brand' && piece.state === 'submitted' && JUDGE_STATES.includes(work.state);

  async function approve() {
    setBusy(true);
    setRefusal(null);
    try {
      await approvePiece(work.id, piece.id);
    } catch (reason) {
      setRefusal(say(reason));
    }
    setBusy(false);
  }

  return (
    <li className="space-y-3 border-t-2 border-sunken py-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="font-bold">{piece.title}</p>
        <Pill
          tone={TONES[piece.state]}
          icon={piece.state === 'approved' && <CircleCheck aria-hidden size={16} />}
        >
          {t(`w_${piece.state}`)}
        </Pill>
      </div>
      {piece.description && <p>{piece.description}</p>}
      {piece.url.startsWith(OURS) && <Own path={piece.url} title={piece.title} />}
      {isLink(piece.url) && (
        <a
          href={piece.url}
          target="_blank"
          rel="noopener noreferrer nofollow"
          className="inline-flex min-h-11 items-center gap-2 font-bold underline underline-offset-4"
        >
          <ExternalLink aria-hidden size={18} />
          {t('open', { title: piece.title })}
        </a>
      )}
      {piece.revision_notes && piece.state !== 'approved' && (
        <p className="rounded-photo bg-sunken p-3">{t('cutAsked', { notes: piece.revision_notes })}</p>
      )}
      <Alert>{refusal}</Alert>
      {judges && (
        <div className="flex flex-wrap gap-3">
          <Button look="second" busy={busy} onClick={() => void approve()}>
            {t('approvePiece')}
          </Button>
          {work.total_revisions_used < work.revisions_allowed && (
            <Button look="quiet" onClick={() => setAsks(true)}>
              {t('changePiece')}
            </Button>
          )}
        </div>
      )}
      {asks && <AskChange work={work} piece={piece} onClose={() => setAsks(false)} />}
    </li>
  );
}

// The creator sends in a link, or a picture from the phone.
function SendPiece({ work }: { work: Work }) {
  const t = useT(bookings);
  const sent = new Set(work.submitted_deliverables.map(({ title }) => title));
  const next = work.deliverables.find((one) => !sent.has(one)) ?? '';
  const [file, setFile] = useState<File | null>(null);
  const use = useForm<PieceForm>({
    resolver: pieceForm(file !== null),
    defaultValues: { title: next, url: '', description: '' },
  });
  const dropDraft = useDraft(use, `piece-${work.id}`);
  const send = (draft: boolean) => async (values: PieceForm) => {
    const url = values.url || (file && (await keepFile(file))) || '';
    await sendPiece(work, { ...values, url, description: values.description || null }, draft);
    use.reset({ title: values.title, url: '', description: '' });
    setFile(null);
    dropDraft();
  };
  const piece = useSubmit(use, send(false));
  const draft = useSubmit(use, send(true));
  return (
    <form
      noValidate
      method="post"
      onSubmit={piece.onSubmit}
      className="space-y-4 border-t-2 border-sunken pt-5"
    >
      <h3 className="text-xl">{t('sendWork')}</h3>
      <Alert>{piece.refusal ?? draft.refusal}</Alert>
      <Field
        label={t('pieceTitle')}
        list={`pieces-${work.id}`}
        error={piece.error('title')}
        {...use.register('title')}
      />
      <datalist id={`pieces-${work.id}`}>
        {work.deliverables.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <Field
        label={t('pieceLink')}
        hint={t('pieceLinkHint')}
        type="url"
        inputMode="url"
        error={piece.error('url')}
        {...use.register('url')}
      />
      <Field
        label={t('pieceFile')}
        type="file"
        accept="image/jpeg,image/png,image/webp,image/gif"
        onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
      />
      <TextArea
        label={t('pieceNote')}
        optional
        rows={2}
        error={piece.error('description')}
        {...use.register('description')}
      />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" busy={piece.busy}>
          {t('sendPiece')}
        </Button>
        <Button look="second" busy={draft.busy} onClick={draft.onSubmit}>
          {t('sendDraft')}
        </Button>
      </div>
    </form>
  );
}

export default function Pieces({ work, side }: { work: Work; side: Side }) {
  const t = useT(bookings);
  const pieces = [...work.submitted_deliverables, ...work.draft_deliverables];
  return (
    <section className="space-y-4 rounded-card bg-card p-6 md:p-8">
      <h2 className="text-2xl">{t('work')}</h2>
      {work.deliverables.length > 0 && (
        <>
          <h3 className="font-sans font-bold tracking-normal">{t('expected')}</h3>
          <ul className="list-disc space-y-1 ps-6">
            {work.deliverables.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      )}
      <p className="text-sm text-muted">
        {t('revisions', { used: work.total_revisions_used, allowed: work.revisions_allowed })}
      </p>
      {pieces.length === 0 ? (
        <p className="text-muted">{t('noWork')}</p>
      ) : (
        <ul>
          {pieces.map((piece) => (
            <Piece key={piece.id} work={work} piece={piece} side={side} />
          ))}
        </ul>
      )}
      {side === 'creator' && WORK_STATES.includes(work.state) && <SendPiece work={work} />}
    </section>
  );
}
