/** What the platform sends for a few requests, written out by hand. */

export const session = `SELECT s.user_id, u.role, u.is_superuser, u.is_active, s.revoked_at, s.expires_at
  FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = ?`

export const wallet = 'SELECT * FROM wallets WHERE user_id = ?'

/** The count stands beside each row. */
export const bookings = `SELECT b.vehicle_id, b.*, u.email, u.mobile, (SELECT COUNT(*) FROM bookings WHERE user_id = ?) AS total
  FROM bookings b JOIN users u ON u.id = b.user_id WHERE b.user_id = ? ORDER BY b.id DESC LIMIT 20`

/** So many vehicles stand on a page at most; a shorter list of ids is filled up with its last one. */
export const vehiclesOfPage = 20

export const vehicles = `SELECT v.*, i.* FROM vehicles v LEFT JOIN vehicle_images i ON i.vehicle_id = v.id
  WHERE v.id IN (${Array.from({ length: vehiclesOfPage }, () => '?').join()}) ORDER BY v.id, i.position, i.id`

export const journalLinesOfPage = 20_000

export const journalLines = `SELECT id, entry_id, account_kind, user_id, booking_id, amount FROM journal_lines
  WHERE id > ? ORDER BY id LIMIT ${journalLinesOfPage}`

export const payment = {
  lockBooking: 'SELECT user_id, bookings.* FROM bookings WHERE id = ? FOR UPDATE',
  lockUser: 'SELECT * FROM users WHERE id = ? FOR UPDATE',
  currentPlan: 'SELECT * FROM plans WHERE effective_from <= ? ORDER BY effective_from DESC, version DESC LIMIT 1',
  insertPayment: `INSERT INTO payments (booking_id, user_id, amount, payment_method, status, payment_date, completed_at, created_at)
    VALUES (?, ?, ?, 'online', 'completed', ?, ?, ?)`,
  updateBooking: `UPDATE bookings SET status = 'active', total_paid = ?, confirmed_at = ?, updated_at = ? WHERE id = ?`,
  insertEntry: `INSERT INTO journal_entries (\`key\`, reference_type, reference_id, actor_id, plan_version, created_at)
    VALUES (?, 'payment', ?, ?, 1, ?)`,
  insertLines: `INSERT INTO journal_lines (entry_id, account_kind, booking_id, amount)
    VALUES (?, 'bank', NULL, ?), (?, 'booking_receipts', ?, ?)`,
  updateUser: 'UPDATE users SET is_distributor = TRUE, updated_at = ? WHERE id = ?',
  markBonuses: `UPDATE payments SET bonus_due_at = ? WHERE booking_id = ? AND status = 'completed'
    AND payment_method <> 'emi_deduction' AND bonus_due_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM referral_bonuses WHERE referral_bonuses.payment_id = payments.id)`,
  paidByMethod: `SELECT p.payment_method, SUM(p.amount), SUM(p.refunded_amount) FROM payments p JOIN bookings b ON b.id = p.booking_id
    WHERE p.user_id = ? AND p.status IN ('completed', 'refunded') AND b.status NOT IN ('cancelled', 'expired')
    GROUP BY p.payment_method`,
  insertMessages: `INSERT INTO outbox_messages (message_id, name, payload, created_at)
    VALUES (?, 'payment.completed', '{"paymentId":1}', ?), (?, 'booking.confirmed', '{"bookingId":1}', ?)`,
} as const
