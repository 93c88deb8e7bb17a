/** What is kept in this browser under a name; a storage that is full or forbidden forgets, and that is all. */
export function stored<T>(name: string, otherwise: T): { get(): T; set(value: T): void; remove(): void } {
  const key = `magpie.${name}`;
  return {
    get() {
      try {
        const text = localStorage.getItem(key);
        return text === null ? otherwise : (JSON.parse(text) as T);
      } catch {
        return otherwise;
      }
    },
    set(value) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
      } catch {
        // Nothing depends on it.
      }
    },
    remove() {
      localStorage.removeItem(key);
    },
  };
}
