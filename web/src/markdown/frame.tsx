import { t } from "@lingui/core/macro";

/**
 * What a model wrote, run where it can do no harm: a frame without this app's origin, whose own policy
 * (`firebase.json`, `/sandbox/**`) lets it fetch nothing from anywhere. It is not told anything but the
 * page, and nothing it says is listened to.
 */
export function Frame({ page }: { page: string }) {
  return (
    <iframe
      // A frame is told its page once.
      key={page}
      title={t`Preview`}
      src="/sandbox/preview.html"
      sandbox="allow-scripts"
      referrerPolicy="no-referrer"
      // What brings no ground of its own was written for a light one.
      className="block size-full bg-[Canvas] [color-scheme:light]"
      onLoad={(event) => {
        // A frame of an opaque origin has no address that could be named here.
        event.currentTarget.contentWindow?.postMessage(page, "*");
      }}
    />
  );
}
