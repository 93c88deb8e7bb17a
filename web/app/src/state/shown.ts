import { shallowRef } from 'vue';

/** Whose card is open. */
export const shownPerson = shallowRef<number>();

/** The message to be brought into sight, once its conversation is open. */
export const soughtMessage = shallowRef<{ conversation: string; seq: number }>();
