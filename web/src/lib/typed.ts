// What somebody wrote into a page of the build's before its script came, and
// where they were: the page comes to life with empty fields, or is made anew.

type Input = HTMLInputElement | HTMLTextAreaElement;

// Answers what gives it back, by name, as if it were typed once more.
export function keepTyped(root: HTMLElement): () => void {
  const fields = () => [...root.querySelectorAll<Input>('input[name], textarea[name]')];
  const typed = new Map(fields().flatMap((f) => (f.value === f.defaultValue ? [] : [[f.name, f.value]])));
  const { activeElement } = document;
  const at = root.contains(activeElement) && (activeElement as Input).name;
  return () => {
    for (const field of fields()) {
      const value = typed.get(field.name);
      if (at && at === field.name) field.focus();
      if (value === undefined) continue;
      // React looks for changes where it has not made them itself.
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, value);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  };
}
