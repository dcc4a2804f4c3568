import { addDocumentRoute } from './add-document.ts'
import { deleteDocumentRoute } from './delete-document.ts'
import { exportTdsRoute } from './export-tds.ts'
import { getCertificateRoute } from './get-certificate.ts'
import { downloadDocumentRoute, getDocumentRoute } from './get-document.ts'
import { listDocumentsRoute } from './list-documents.ts'
import { listTdsRoute } from './list-tds.ts'
import { verifyDocumentRoute } from './verify-document.ts'

export const complianceRoutes = [
  listDocumentsRoute,
  addDocumentRoute,
  getDocumentRoute,
  deleteDocumentRoute,
  downloadDocumentRoute,
  verifyDocumentRoute,
  listTdsRoute,
  exportTdsRoute,
  getCertificateRoute,
]
