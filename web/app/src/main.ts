import { createApp } from 'vue';
import App from './App.vue';
import './base.css';
import { i18n } from './i18n/index.js';
import { followTheme } from './state/appearance.js';

followTheme();
createApp(App).use(i18n).mount('#app');

if ('serviceWorker' in navigator && import.meta.env.PROD) {
  // Without one the app still works, only not without network.
  navigator.serviceWorker.register('./sw.js').catch(() => undefined);
}
