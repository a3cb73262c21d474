import Deployment
