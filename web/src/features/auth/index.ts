export { useRole } from "./api/use-role";
export { SignIn } from "./components/sign-in";
export { personName, usePerson } from "./state/session";
