import { useEffect } from "react";

/** Keeps the screen on while `isOn` and the page is seen, where the browser can. */
export function useKeepAwake(isOn: boolean): void {
  useEffect(() => {
    if (!isOn || !("wakeLock" in navigator)) return;
    let lock: Promise<WakeLockSentinel | null> | null = null;
    // The browser ends a lock by itself when the page goes out of sight.
    function keep() {
      if (document.hidden) return;
      // One that is refused, such as for a low battery, is done without.
      lock = navigator.wakeLock.request("screen").catch(() => null);
    }
    keep();
    document.addEventListener("visibilitychange", keep);
    return () => {
      document.removeEventListener("visibilitychange", keep);
      void lock?.then((held) => held?.release());
    };
  }, [isOn]);
}
