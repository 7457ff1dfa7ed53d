import { Missing } from '@/components/Missing';

export default function NotFound() {
  return <Missing />;
}
