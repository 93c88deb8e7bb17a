import { shallowRef } from 'vue';

/** Whose card is open. */
export const shownPerson = shallowRef<number>();
