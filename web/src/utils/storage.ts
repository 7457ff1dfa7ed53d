// localStorage that is full, forbidden or absent is as good as empty.
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function keep(key: string, value: string) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // It holds as long as the page does.
  }
}

export function forget(key: string) {
  try {
    localStorage.removeItem(key);
  } catch {
    // There was none.
  }
}

// But those that begin with `but`.
export function forgetAll(prefix: string, but?: string) {
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(prefix) && !(but && key.startsWith(but))) localStorage.removeItem(key);
  } catch {
    // There were none.
  }
}
