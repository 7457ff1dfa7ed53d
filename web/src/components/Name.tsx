import { Fragment } from 'react';

// A user name, which may break after its underscores and nowhere else.
export function Name({ text }: { text: string }) {
  return text.split(/(?<=_)/).map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
