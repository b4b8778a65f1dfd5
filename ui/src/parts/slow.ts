// Tells when something that is waited for takes longer than it usually does.
import { type Ref, onUnmounted, ref, watch } from 'vue'

/** True once `waiting` has been true for `usual` milliseconds without a break. */
export function slowerThan(usual: number, waiting: () => boolean): Readonly<Ref<boolean>> {
  const slow = ref(false)
  let later: ReturnType<typeof setTimeout> | undefined
  watch(
    waiting,
    (now) => {
      clearTimeout(later)
      slow.value = false
      if (now) later = setTimeout(() => (slow.value = true), usual)
    },
    { immediate: true },
  )
  onUnmounted(() => clearTimeout(later))
  return slow
}
