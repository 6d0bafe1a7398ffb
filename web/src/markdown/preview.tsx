import { t } from "@lingui/core/macro";

/**
 * What a model wrote, run where it can do no harm: a frame without this app's origin, whose own policy
 * (`firebase.json`, `/sandbox/**`) lets it fetch nothing from anywhere. It is not told anything but the
 * code, and nothing it says is listened to.
 */
export default function Preview({ code }: { code: string }) {
  return (
    <iframe
      title={t`Preview`}
      src="/sandbox/preview.html"
      sandbox="allow-scripts"
      referrerPolicy="no-referrer"
      className="block h-96 w-full border-t border-line bg-white [color-scheme:light]"
      onLoad={(event) => {
        // A frame of an opaque origin has no address that could be named here.
        event.currentTarget.contentWindow?.postMessage(code, "*");
      }}
    />
  );
}
