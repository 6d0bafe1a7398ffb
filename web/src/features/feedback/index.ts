export { forgetRatings, keptRatings, ratingKind } from "./api/ratings";
export { FeedbackOverview, type FeedbackPeriod } from "./components/overview";
export { RatingButtons } from "./components/rating-buttons";
export { RatingReasons } from "./components/rating-reasons";
export { ReportLayer } from "./components/report-layer";
export { forgetReport, openReport } from "./state/open-report";
export { useSession } from "./state/session";
