import { shallowReactive } from 'vue';

/** What the user recalled just now, to write it again: `conversation/seq` to text. Not kept. */
export const recalledTexts = shallowReactive(new Map<string, string>());
