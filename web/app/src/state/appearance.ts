import { shallowRef, watchEffect } from 'vue';
import { stored } from './stored.js';

export type Theme = 'system' | 'light' | 'dark';

const kept = stored<Theme>('theme', 'system');
const dark = window.matchMedia('(prefers-color-scheme: dark)');

export const theme = shallowRef<Theme>(kept.get());

export function followTheme(): void {
  const apply = () => {
    const isDark = theme.value === 'dark' || (theme.value === 'system' && dark.matches);
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  };
  dark.addEventListener('change', apply);
  watchEffect(() => {
    kept.set(theme.value);
    apply();
  });
}
